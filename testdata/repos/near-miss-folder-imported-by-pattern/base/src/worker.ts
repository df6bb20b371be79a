const modules = import.meta.glob('./actions/*.ts', { eager: true }) as any;
export function work(job: any) {
  modules[`./actions/${job.name}.ts`].run(job.order);
}
worker.on('job', work);
