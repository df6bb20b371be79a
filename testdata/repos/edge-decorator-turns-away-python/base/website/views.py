from website.ember import ember_flag_is_active


@must_be_logged_in
def user_account(auth, **kwargs):
    return render(auth.user)
