package io.kuber.linux;

import java.util.Locale;

/** The processor families whose system call numbers are known. */
enum Architecture {
  X86_64,
  AARCH64;

  /** The family of this machine. */
  static Architecture host() {
    String name = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    return switch (name) {
      case "amd64", "x86_64" -> X86_64;
      case "aarch64", "arm64" -> AARCH64;
      default ->
          throw new UnsupportedOperationException(
              "no system call numbers for " + name + ": kuber nodes run on x86-64 and aarch64");
    };
  }
}
