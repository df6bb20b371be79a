// A small GitHub on loopback that remembers: comments with pages, reviews, check runs, a pull request. It stands behind the mock
// server, which holds both our requests and these answers against GitHub's own description.
//   node github.mjs PORT DESCRIPTION.json HEAD FILES.json     FILES: [{filename, patch}], the pull request's diff
// Answers have every field that the description requires: they begin as its examples.
import fs from 'node:fs';
import http from 'node:http';

const [port, description, head, diff] = process.argv.slice(2);
const files = JSON.parse(fs.readFileSync(diff));
const { paths } = JSON.parse(fs.readFileSync(description));
const example = (path, method, status) => {
  const json = paths[path][method].responses[status].content['application/json'];
  return structuredClone(Object.values(json.examples)[0].value);
};
const repository = '/repos/{owner}/{repo}';
const comments = new Map();
const checks = new Map();
const reviews = [];
const remarks = [];
const log = [];
let last = 0;

const add = (body, login) => {
  const comment = example(`${repository}/issues/{issue_number}/comments`, 'post', '201');
  comment.id = ++last;
  comment.body = body;
  comment.user.login = login;
  comments.set(comment.id, comment);
  return comment;
};

// The lines of the new side that a patch shows: only there can a review say something.
const shown = (patch) => {
  let at = 0;
  const lines = new Set();
  for (const line of patch.split('\n')) {
    const header = /^@@ -\S+ \+(\d+)/.exec(line);
    if (header) at = Number(header[1]);
    else if (line.startsWith('+') || line.startsWith(' ')) lines.add(at++);
  }
  return lines;
};
const page = (all, url) => {
  const size = Number(url.searchParams.get('per_page') ?? 30);
  const number = Number(url.searchParams.get('page') ?? 1);
  const link = (to, name) => `<http://127.0.0.1:1${url.pathname}?page=${to}>; rel="${name}"`;
  const more = size * number < all.length ? { link: link(number + 1, 'next') } : {};
  return [200, all.slice(size * (number - 1), size * number), more];
};

const routes = [
  ['GET', /^\/user$/, () => [403, { message: 'Resource not accessible by integration', documentation_url: 'https://docs.github.com' }]],
  ['GET', /^\/repos\/o\/r\/pulls\/7$/, () => {
    const pull = example(`${repository}/pulls/{pull_number}`, 'get', '200');
    pull.number = 7;
    pull.head.sha = head;
    pull.requested_teams = []; // the example's team lacks a field that the description requires
    return [200, pull];
  }],
  ['GET', /^\/repos\/o\/r\/issues\/7\/comments$/, (_, url) => page([...comments.values()], url)],
  ['GET', /^\/repos\/o\/r\/pulls\/7\/files$/, (_, url) => {
    const [entry] = example(`${repository}/pulls/{pull_number}/files`, 'get', '200');
    return page(files.map((file) => ({ ...entry, ...file })), url);
  }],
  ['GET', /^\/repos\/o\/r\/pulls\/7\/reviews$/, (_, url) => page(reviews, url)],
  ['GET', /^\/repos\/o\/r\/pulls\/7\/comments$/, (_, url) => page(remarks, url)],
  ['POST', /^\/repos\/o\/r\/pulls\/7\/reviews$/, (_, __, sent) => {
    const inDiff = ({ path, line }) => files.some((file) => file.filename === path && shown(file.patch).has(line));
    if (!sent.comments.every(inDiff)) {
      return [422, { message: 'Unprocessable Entity', errors: ['Line could not be resolved'], documentation_url: 'https://docs.github.com' }];
    }
    const review = { ...example(`${repository}/pulls/{pull_number}/reviews`, 'post', '200'), body: sent.body, commit_id: sent.commit_id };
    review.user.login = 'preflag[bot]';
    reviews.push(review);
    for (const one of sent.comments) {
      const [remark] = example(`${repository}/pulls/{pull_number}/comments`, 'get', '200');
      remark.user.login = 'preflag[bot]';
      remarks.push({ ...remark, body: one.body, path: one.path, line: one.line, commit_id: sent.commit_id });
    }
    return [200, review];
  }],
  ['POST', /^\/repos\/o\/r\/issues\/7\/comments$/, (_, __, { body }) => [201, add(body, 'preflag[bot]')]],
  ['PATCH', /^\/repos\/o\/r\/issues\/comments\/(\d+)$/, ([, id], _, { body }) => {
    const comment = comments.get(Number(id));
    if (!comment) return [404, { message: 'Not Found' }];
    comment.body = body;
    return [200, comment];
  }],
  ['DELETE', /^\/repos\/o\/r\/issues\/comments\/(\d+)$/, ([, id]) => (comments.delete(Number(id)) ? [204] : [404, { message: 'Not Found' }])],
  ['POST', /^\/repos\/o\/r\/check-runs$/, (_, __, sent) => {
    const check = example(`${repository}/check-runs`, 'post', '201');
    checks.set(check.id, { ...sent, annotations: sent.output.annotations.length });
    return [201, check];
  }],
  ['PATCH', /^\/repos\/o\/r\/check-runs\/(\d+)$/, ([, id], _, sent) => {
    checks.get(Number(id)).annotations += sent.output.annotations.length;
    return [200, example(`${repository}/check-runs/{check_run_id}`, 'patch', '200')];
  }],
];

http.createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const url = new URL(request.url, 'http://127.0.0.1');
    const sent = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks)) : undefined;
    const answer = (status, body, headers = {}) => {
      const text = body === undefined ? '' : JSON.stringify(body);
      const type = text ? { 'content-type': 'application/json; charset=utf-8' } : {};
      response.writeHead(status, { ...type, 'content-length': Buffer.byteLength(text), ...headers }).end(text);
    };
    // For the test only, past the mock server: fill the pull request, and look at what is there.
    if (url.pathname === '/_fill') {
      for (let at = 0; at < Number(url.searchParams.get('count')); at++) add(`comment ${at}`, 'octocat');
      return answer(200, {});
    }
    if (url.pathname === '/_state') {
      const ours = [...comments.values()].filter((comment) => comment.user.login === 'preflag[bot]');
      return answer(200, { log, comments: comments.size, ours: ours.map((comment) => comment.body), checks: [...checks.values()], reviews, remarks });
    }
    log.push(`${request.method} ${url.pathname}`);
    for (const [method, path, handle] of routes) {
      const match = request.method === method && path.exec(url.pathname);
      if (match) return answer(...handle(match, url, sent));
    }
    answer(404, { message: 'Not Found', documentation_url: 'https://docs.github.com/rest' });
  });
}).listen(Number(port), '127.0.0.1', () => console.log('listening'));
