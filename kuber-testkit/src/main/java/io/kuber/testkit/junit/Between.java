package io.kuber.testkit.junit;

/** What happens to the cluster between two test methods of a class. */
public enum Between {
  /**
   * It goes back to what it was before the first method, after {@code @BeforeAll}. Methods that run
   * beside each other each get a fork of that.
   */
  RESET,

  /** Each method gets a cluster of its own. */
  NEW,

  /** It stays as it is: methods see what others left. */
  KEEP
}
