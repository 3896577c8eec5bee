/** The parts of Slack's payloads that are drawn; what else is in them is not looked at. */
export interface Text {
  readonly type: string;
  readonly text: string;
}

interface Choice {
  readonly text: Text;
  readonly value: string;
}

/** A piece of rich text, or what holds such pieces. */
export interface Rich {
  readonly type: string;
  readonly text?: string;
  readonly style?: string | { readonly bold?: boolean };
  readonly elements?: readonly Rich[];
}

export interface Control {
  readonly type: string;
  readonly action_id: string;
  readonly text?: Text;
  readonly value?: string;
  readonly style?: string;
  readonly placeholder?: Text;
  readonly options?: readonly Choice[];
  readonly initial_option?: Choice;
  readonly initial_options?: readonly Choice[];
  readonly multiline?: boolean;
  readonly max_length?: number;
  readonly initial_value?: string;
}

export interface SlackBlock {
  readonly type: string;
  readonly block_id?: string;
  readonly text?: Text;
  readonly fields?: readonly Text[];
  readonly elements?: readonly (Rich & Control & Text)[];
  readonly accessory?: Control;
  readonly slack_file?: { readonly id?: string };
  readonly alt_text?: string;
  readonly label?: Text;
  readonly element?: Control;
  readonly optional?: boolean;
}

export interface Blocks {
  readonly blocks: readonly SlackBlock[];
}

export interface View extends Blocks {
  readonly title: Text;
  readonly submit?: Text;
  readonly close?: Text;
  readonly private_metadata?: string;
}
