// Cuts GitHub's published description to the paths that preflag calls, so that the mock server starts fast.
//   node slim.mjs DESCRIPTION.json OUT.json
import fs from 'node:fs';

const [description, out] = process.argv.slice(2);
const api = JSON.parse(fs.readFileSync(description));
const repository = '/repos/{owner}/{repo}';
const used = [
  `${repository}/issues/{issue_number}/comments`,
  `${repository}/issues/comments/{comment_id}`,
  `${repository}/check-runs`,
  `${repository}/check-runs/{check_run_id}`,
  `${repository}/pulls`,
  `${repository}/pulls/{pull_number}`,
  `${repository}/pulls/{pull_number}/files`,
  `${repository}/pulls/{pull_number}/reviews`,
  `${repository}/pulls/{pull_number}/comments`,
  `${repository}/pulls/comments/{comment_id}`,
  '/user',
];
const missing = used.filter((path) => !api.paths[path]);
if (missing.length > 0) {
  console.error(`the description has no ${missing.join(', ')}`);
  process.exit(1);
}
const paths = Object.fromEntries(used.map((path) => [path, api.paths[path]]));
// Clients say `Accept: application/vnd.github+json`, and the mock server matches media types letter by letter.
const aliases = ['application/vnd.github+json', 'application/vnd.github.v3+json', 'application/vnd.github.v3.raw+json'];
for (const operations of Object.values(paths)) {
  for (const operation of Object.values(operations)) {
    for (const response of Object.values(operation.responses ?? {})) {
      const json = response.content?.['application/json'];
      for (const alias of json ? aliases : []) response.content[alias] = json;
    }
  }
}
fs.writeFileSync(out, JSON.stringify({ openapi: api.openapi, info: api.info, servers: api.servers, paths }));
