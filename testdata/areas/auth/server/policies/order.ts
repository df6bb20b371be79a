// What may be done with an order.
import { allow } from "./rules";
import { Order, User } from "../models";

allow(User, "read", Order, isOwner); //~ area auth:critical
