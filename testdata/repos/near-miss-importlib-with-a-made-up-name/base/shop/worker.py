import importlib
def work(job):
    module = importlib.import_module(f"shop.actions.{job.name}")
    module.run(job.order)
