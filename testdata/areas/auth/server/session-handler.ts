// Who gets the cookie of a session is a matter of access; how long a list is kept is not.
export const cookieOptions = () => ({
  path: "/",
  domain: ".example.com", //~ area auth
  secure: true, //~ area auth
});

export const listOptions = () => ({
  path: "/lists",
  pageSize: 50,
});
