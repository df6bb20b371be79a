from .send import pay_farmer as pay

__all__ = ["pay"]
