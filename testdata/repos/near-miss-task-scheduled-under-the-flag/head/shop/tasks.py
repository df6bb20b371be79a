from celery import shared_task


@shared_task
def nightly():
    close_day()
    sweep_old_carts.delay()


@shared_task
def sweep_old_carts():
    for cart in Cart.objects.old():
        cart.delete()
