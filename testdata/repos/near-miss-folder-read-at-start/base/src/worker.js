const fs = require('fs');
const path = require('path');
const actions = {};
for (const file of fs.readdirSync(path.join(__dirname, 'actions'))) {
  actions[file] = require(path.join(__dirname, 'actions', file));
}
queue.on('job', (job) => actions[job.name].run(job.order));
