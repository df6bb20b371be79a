// Login, tokens and access decisions of a server.
import jwt from "jsonwebtoken";
import passport from "passport";
import { users } from "./users";

passport.use("local", strategy); //~ area auth:critical

export function issue(user: User) {
  return jwt.sign({ id: user.id }, secret, { expiresIn: "1h" }); //~ area auth:critical
}

export function requirePermission(name: string) {
  return hasPermission(name) && checkAccess(name); //~ area auth
}

export function endSession(req, res, next) {
  req.session.destroy(next); //~ area auth
}

// Near misses: a name that has `user` in it, and a token that is only passed along.
export function findUser(userId: string) {
  return users.find((user) => user.id === userId);
}

export function ask(path: string, token: string) {
  return client.read(path, { token });
}
