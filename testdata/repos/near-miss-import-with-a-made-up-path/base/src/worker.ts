export async function work(job: any) {
  const action = await import(`./actions/${job.name}`);
  await action.run(job.order);
}
worker.on('job', work);
