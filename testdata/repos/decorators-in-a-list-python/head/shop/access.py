def staff_required(view):
    return view
