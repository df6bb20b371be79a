export class RoomService {
  async release(lease: Lease) {
    lease.room.free = true;
  }
}
