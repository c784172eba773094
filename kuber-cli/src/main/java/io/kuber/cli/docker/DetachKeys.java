package io.kuber.cli.docker;

import java.util.Arrays;

/** Finds Ctrl-P Ctrl-Q in what is typed, also when it comes in two reads. One thread's. */
final class DetachKeys {
  private static final byte CTRL_P = 16;
  private static final byte CTRL_Q = 17;

  private boolean half;
  private boolean pressed;

  /** What of this input the container gets: all but the two keys and what follows them. */
  byte[] pass(byte[] typed, int length) {
    byte[] passed = new byte[length + 1];
    int count = 0;
    for (int i = 0; i < length && !pressed; i++) {
      boolean first = typed[i] == CTRL_P;
      pressed = half && typed[i] == CTRL_Q;
      if (half && !pressed) {
        passed[count++] = CTRL_P;
      }
      if (!first && !pressed) {
        passed[count++] = typed[i];
      }
      half = first;
    }
    return Arrays.copyOf(passed, count);
  }

  /** Whether both were pressed, one after the other. */
  boolean isPressed() {
    return pressed;
  }
}
