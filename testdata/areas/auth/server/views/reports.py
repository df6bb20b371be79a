# A new view has its own guard and names its own roles.
@permission_required([ROLE.ADMIN, ROLE.MEMBER])
def report(request):
    return rows_of(request)
