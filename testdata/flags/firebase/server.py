from firebase_admin import remote_config


async def page(row):
    template = await remote_config.get_server_template()
    config = template.evaluate()
    if config.get_boolean("new_page"):  #~ flag firebase new_page
        return 1
    return row.done
