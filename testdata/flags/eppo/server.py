import eppo_client

client = eppo_client.get_instance()


def page(user, course):
    if client.get_boolean_assignment("new-page", user.id, {}, False):  #~ flag eppo new-page default=False
        return 1
    return course.get_assignment("math")
