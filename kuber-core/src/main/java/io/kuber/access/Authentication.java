package io.kuber.access;

import java.util.List;

/** What came out when somebody showed a token. */
public sealed interface Authentication {
  /**
   * The token is good.
   *
   * @param user whose it is
   * @param audiences for whom it is good, of those who asked
   */
  record Known(User user, List<String> audiences) implements Authentication {
    /** Copies the audiences. */
    public Known {
      audiences = List.copyOf(audiences);
    }
  }

  /**
   * The token is nobody's, or not any more.
   *
   * @param why in words that its bearer may read; empty where nothing is known of it
   */
  record Refused(String why) implements Authentication {}
}
