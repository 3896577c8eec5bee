/** One worker for all of them: each would load discord.js, its schema and the twin again. */
import "./suites/sizes.ts";
import "./suites/forms.ts";
import "./suites/limits.ts";
import "./suites/interactions.ts";
import "./suites/messages.ts";
import "./suites/gateway.ts";
import "./suites/members.ts";
