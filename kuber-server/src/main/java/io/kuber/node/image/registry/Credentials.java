package io.kuber.node.image.registry;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A name and a password for a registry. */
public record Credentials(String user, String password) {
  /** As HTTP's Basic scheme wants them. */
  String basic() {
    byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(both);
  }

  /** Without the password, which belongs into no log. */
  @Override
  public String toString() {
    return "credentials of " + user;
  }
}
