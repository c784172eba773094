package io.kuber.container.linux;

import io.kuber.linux.Call;
import io.kuber.linux.Program;

/**
 * Users of a pod that are others than the machine's of the same number.
 *
 * @param range which of the machine's they are
 * @param namespace a descriptor of the user namespace
 */
record OwnUsers(UserRange range, int namespace) {
  /**
   * Adds the steps by which a process that has joined the namespace becomes its root: until then it
   * is one of the machine's root, whom nobody inside can name.
   */
  static void becomeRoot(Program program) {
    become(program, 0);
  }

  /** The same for another user, which does not take rights away. */
  static void become(Program program, int id) {
    program.must(Call.SETGROUPS, 0, 0);
    program.must(Call.SETRESGID, id, id, id);
    program.must(Call.SETRESUID, id, id, id);
  }
}
