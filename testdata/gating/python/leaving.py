import flask
from flask import abort, redirect
from ours import stop


def view():
    if not is_feature_enabled("tax"):
        abort(404)
    work()  #~ gated tax=on


def member():
    if not is_feature_enabled("tax"):
        flask.abort(404)
    work()  #~ gated tax=on


def answer():
    if not is_feature_enabled("tax"):
        redirect("/")
    work()  #~ ungated


def elsewhere():
    if not is_feature_enabled("tax"):
        stop(404)
    work()  #~ ungated


def shadowed(abort):
    if not is_feature_enabled("tax"):
        abort(404)
    work()  #~ ungated


def caught():
    try:
        if not is_feature_enabled("tax"):
            abort(404)
    except Exception:
        pass
    work()  #~ ungated
