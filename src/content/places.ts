import { join } from "node:path";
import { z } from "zod";
import { citySchema, holidayPlaceSchema, type Places } from "#core/places";
import { type ContentFault, ContentFaults } from "./fault.ts";
import { readContentFile } from "./file.ts";

function readPlaces(content: string): Places {
  const faults: ContentFault[] = [];
  const folder = join(content, "places");
  const cities = readContentFile(join(folder, "cities.json"), z.array(citySchema), faults);
  const holidays = readContentFile(join(folder, "holidays.json"), z.array(holidayPlaceSchema), faults);
  if (cities === undefined || holidays === undefined) throw new ContentFaults(faults);
  return { cities: cities.value, holidays: holidays.value };
}

/**
 * The cities and holiday calendars of a content folder. Nothing is read before it is asked for.
 *
 * @param content the folder that holds `places/`
 * @throws when asked, ContentFaults where a file is missing or is not what its schema says
 */
export function loadPlaces(content: string): Places {
  let known: Places | null = null;
  const places = (): Places => {
    known ??= readPlaces(content);
    return known;
  };
  return {
    get cities() {
      return places().cities;
    },
    get holidays() {
      return places().holidays;
    },
  };
}
