package io.kuber.testkit.check;

/** What a client heard of a request. */
public sealed interface Answer {
  /** A revision that the answer did not tell. */
  long UNTOLD = -1;

  /** The write took effect at a revision, or {@link #UNTOLD}. */
  record Written(long revision) implements Answer {
    @Override
    public String toString() {
      return revision == UNTOLD ? "written" : "written at " + revision;
    }
  }

  /**
   * The write had no effect, because the key was not at the expected revision.
   *
   * @param current the revision that it had, {@link Request#ABSENT}, or {@link #UNTOLD}, also when
   *     the store only names a state that may be old by now
   */
  record Refused(long current) implements Answer {
    @Override
    public String toString() {
      if (current == UNTOLD) {
        return "refused";
      }
      return current == Request.ABSENT ? "refused, absent" : "refused, at " + current;
    }
  }

  /**
   * What was read.
   *
   * @param revision of the last write of the key, {@link Request#ABSENT} when there is none
   * @param value empty when the key is absent
   * @param image the revision of the image that was read, or {@link #UNTOLD}
   */
  record Read(long revision, String value, long image) implements Answer {
    @Override
    public String toString() {
      String found = revision == Request.ABSENT ? "absent" : "\"" + value + "\" at " + revision;
      return image == UNTOLD ? found : found + " in image " + image;
    }
  }

  /** The request had no effect and never will. */
  record Failed(String why) implements Answer {
    @Override
    public String toString() {
      return "failed: " + why;
    }
  }

  /** Nobody knows whether the request took effect, or still will. */
  record Unknown(String why) implements Answer {
    @Override
    public String toString() {
      return "unknown: " + why;
    }
  }
}
