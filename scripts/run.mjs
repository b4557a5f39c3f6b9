// Runs a TypeScript file of this checkout with the pinned Node: node scripts/run.mjs FILE ARGS…
import { ensureDependencies, node24, root, run } from './node24.mjs';

ensureDependencies();
const [file, ...args] = process.argv.slice(2);
process.exit(run(node24(), [`${root}/${file}`, ...args], { cwd: process.cwd() }));
