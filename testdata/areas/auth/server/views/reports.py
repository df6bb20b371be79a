# A new view has its own guard and names its own roles.
@allow_permission([ROLE.ADMIN, ROLE.MEMBER])
def report(request):
    return rows_of(request)
