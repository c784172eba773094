package io.kuber.linux;

import static io.kuber.linux.Kernel.call;
import static io.kuber.linux.Kernel.check;
import static io.kuber.linux.Kernel.uninterrupted;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The verbs on sockets, made for real; keeps nothing, so it needs no class. */
interface LinuxSockets extends SocketCalls {
  @Override
  default int socket(int domain, int type, int protocol) {
    return call(Call.SOCKET, domain, type | Uapi.SOCK_CLOEXEC, protocol);
  }

  @Override
  default SocketPair socketPair(int domain, int type) {
    Memory memory = Kernel.scratch(0);
    long ends = memory.space(8);
    call(Call.SOCKETPAIR, domain, type | Uapi.SOCK_CLOEXEC, 0, ends);
    return new SocketPair(memory.getInt(ends), memory.getInt(ends + 4));
  }

  @Override
  default void bind(int socket, byte[] address) {
    Memory memory = Kernel.scratch(address.length);
    long result = Kernel.tryCall(Call.BIND, socket, memory.bytes(address), address.length);
    check(result, Call.BIND, socket, address.length + " bytes of address");
  }

  @Override
  default int sendto(int socket, byte[] message, int flags) {
    Memory memory = Kernel.scratch(message.length);
    long result =
        uninterrupted(Call.SENDTO, socket, memory.bytes(message), message.length, flags, 0, 0);
    return (int) check(result, Call.SENDTO, socket, message.length + " bytes", flags);
  }

  @Override
  default int recvfrom(int socket, byte[] into, int flags) {
    Memory memory = Kernel.scratch(into.length);
    long buffer = memory.space(into.length);
    long count = uninterrupted(Call.RECVFROM, socket, buffer, into.length, flags, 0, 0);
    check(count, Call.RECVFROM, socket, into.length + " bytes", flags);
    memory.read(buffer, into, 0, (int) Math.min(count, into.length));
    return (int) count;
  }

  @Override
  default void setsockopt(int socket, int level, int option, int value) {
    Memory memory = Kernel.scratch(0);
    long address = memory.space(4);
    memory.putInt(address, value);
    long result = Kernel.tryCall(Call.SETSOCKOPT, socket, level, option, address, 4);
    check(result, Call.SETSOCKOPT, socket, level, option, value);
  }

  @Override
  default int peekDescriptor(int socket) {
    Memory memory = Kernel.scratch(0);
    long vector = memory.space(16);
    memory.putLong(vector, memory.space(8));
    memory.putLong(vector + 8, 1);
    int controlBytes = 24;
    long control = memory.space(controlBytes);
    long message = memory.space(56);
    ByteBuffer layout =
        ByteBuffer.allocate(56)
            .order(ByteOrder.nativeOrder())
            .putLong(16, vector)
            .putLong(24, 1)
            .putLong(32, control)
            .putLong(40, controlBytes);
    memory.write(message, layout.array());
    int flags = Uapi.MSG_CMSG_CLOEXEC | Uapi.MSG_PEEK;
    long count = uninterrupted(Call.RECVMSG, socket, message, flags);
    check(count, Call.RECVMSG, socket);
    boolean carriesDescriptor = count == 1 && memory.getInt(control + 12) == Uapi.SCM_RIGHTS;
    return carriesDescriptor ? memory.getInt(control + 16) : -1;
  }
}
