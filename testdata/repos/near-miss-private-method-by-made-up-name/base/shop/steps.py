class Steps:
    def run(self, request):
        for step in ("fee", "tip"):
            getattr(self, f"_pay_out_{step}")(request)
