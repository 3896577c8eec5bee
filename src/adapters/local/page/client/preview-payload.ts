/** The parts of Discord's payloads that are drawn; what else is in them is not looked at. */
export interface Embed {
  readonly title?: string;
  readonly description?: string;
  readonly color?: number;
  readonly fields?: readonly { readonly name: string; readonly value: string; readonly inline?: boolean }[];
  readonly image?: { readonly url: string };
  readonly footer?: { readonly text: string };
}

export interface Option {
  readonly label: string;
  readonly value: string;
  readonly default?: boolean;
}

export interface Component {
  readonly type: number;
  readonly custom_id: string;
  readonly label?: string;
  /** Of a button 1 to 5; of a text input 1 (one line) or 2. */
  readonly style?: number;
  readonly placeholder?: string;
  readonly options?: readonly Option[];
  readonly max_values?: number;
  readonly value?: string;
  readonly max_length?: number;
  readonly required?: boolean;
}

interface Row {
  readonly components: readonly Component[];
}

export interface Body {
  readonly content: string;
  readonly embeds: readonly Embed[];
  readonly components: readonly Row[];
  readonly attachments: readonly { readonly filename?: string; readonly description?: string }[];
}

export interface Modal {
  readonly title: string;
  readonly custom_id: string;
  readonly components: readonly Row[];
}
