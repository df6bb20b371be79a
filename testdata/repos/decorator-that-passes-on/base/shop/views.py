class OrderList:
    def collect(self, request):
        return request.orders.all()
