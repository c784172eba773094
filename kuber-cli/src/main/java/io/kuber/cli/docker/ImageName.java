package io.kuber.cli.docker;

/**
 * The name of an image as people write it.
 *
 * @param repository without a tag
 * @param tag empty where there is none, or a digest with {@code @}
 */
record ImageName(String repository, String tag) {
  private static final String HUB = "docker.io";

  /** The registry of images that name none, as {@code config.json} knows it. */
  static final String HUB_KEY = "https://index.docker.io/v1/";

  /** Splits a name. */
  static ImageName of(String text) {
    int at = text.indexOf('@');
    if (at >= 0) {
      return new ImageName(text.substring(0, at), text.substring(at));
    }
    int colon = text.lastIndexOf(':');
    return colon > text.lastIndexOf('/')
        ? new ImageName(text.substring(0, colon), text.substring(colon + 1))
        : new ImageName(text, "");
  }

  /** With {@code latest} where it says neither a tag nor a digest. */
  ImageName orLatest() {
    return tag.isEmpty() ? new ImageName(repository, "latest") : this;
  }

  /** Under which key {@code config.json} has the credentials for it. */
  String registryKey() {
    int slash = repository.indexOf('/');
    String first = slash < 0 ? "" : repository.substring(0, slash);
    boolean isHost = first.contains(".") || first.contains(":") || first.equals("localhost");
    return isHost && !first.equals(HUB) && !first.equals("index.docker.io") ? first : HUB_KEY;
  }

  @Override
  public String toString() {
    return tag.isEmpty() ? repository : repository + (tag.startsWith("@") ? "" : ":") + tag;
  }
}
