def rows(request):
    return Win.objects.all()
