from shop.tips import Tips
from shop.templates import render

render("till.html", payer=Tips())
