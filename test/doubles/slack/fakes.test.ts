/** One worker for all of them: each would load Bolt and emulate again. */
import "./suites/sizes.ts";
import "./suites/hostile.ts";
import "./suites/posts.ts";
import "./suites/commands.ts";
import "./suites/forms.ts";
import "./suites/sockets.ts";
import "./suites/requests.ts";
import "./suites/installs.ts";
import "./suites/bolt.ts";
