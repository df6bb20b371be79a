from fastapi import FastAPI
from openfeature import api as openfeature

from api import accounts, withdrawals

app = FastAPI()
app.include_router(accounts.router)
if openfeature.get_client().get_boolean_value("withdrawals", False):
    app.include_router(withdrawals.router)
