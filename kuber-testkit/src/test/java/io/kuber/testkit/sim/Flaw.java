package io.kuber.testkit.sim;

/** A mistake that a simulation makes on purpose, to show that its judges see it. */
public enum Flaw {
  /** Everything is as it should be. */
  NONE,
  /** {@code latest()} is what the server has, without asking the log. */
  READS_WITHOUT_BARRIER,
  /** A command is applied whatever revision it expects. */
  NO_REVISION_CHECK,
  /** A second copy of an entry is applied like the first. */
  COPIES_APPLIED,
  /** One server leaves out a command now and then. */
  SERVERS_DIFFER,
  /** A restarted server has forgotten the last entries that it had applied and acknowledged. */
  ENTRIES_FORGOTTEN
}
