import { storeContract } from "#test/contracts/store";
import { openInNewFolder } from "#test/store/sqlite-folder";

storeContract("SQLite", openInNewFolder);
