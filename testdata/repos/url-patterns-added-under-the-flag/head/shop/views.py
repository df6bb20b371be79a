from django.shortcuts import render


def orders(request):
    return render(request, "orders.html")


def gift_cards(request):
    cards = request.user.cards.all()
    return render(request, "cards.html", {"cards": cards})
