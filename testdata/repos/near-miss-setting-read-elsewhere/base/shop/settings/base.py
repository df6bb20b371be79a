import os

DEBUG = False
