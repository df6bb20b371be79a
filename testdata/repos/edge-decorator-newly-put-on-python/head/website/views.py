from website.ember import ember_flag_is_active


@must_be_logged_in
@ember_flag_is_active('ember_account_page')
def user_account(auth, **kwargs):
    return render(auth.user)
