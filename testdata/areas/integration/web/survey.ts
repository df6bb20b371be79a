// Scripts of other sites.
export function ask(user: User) {
  delighted.survey({ email: user.email }); //~ area integration:high
}

export function delight(user: User) {
  return user.delighted;
}
