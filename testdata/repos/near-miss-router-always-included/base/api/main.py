from fastapi import FastAPI
from openfeature import api as openfeature

from api import accounts, withdrawals

app = FastAPI()
app.include_router(accounts.router)
if True:
    app.include_router(withdrawals.router)
