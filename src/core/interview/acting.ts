import type { Request } from "#core/request";
import type { Services } from "#core/services";
import type { Stages } from "#core/stages";
import type { Asked } from "./forms.ts";

/** A request about an interview, and what it takes to carry it out. */
export interface Acting {
  readonly asked: Asked;
  readonly request: Request;
  readonly services: Services;
  readonly stages: Stages;
}
