package io.kuber.cli.command;

import io.kuber.cli.output.CommandFailure;
import java.util.regex.Pattern;

/** The name of a server as somebody types it. */
final class ServerName {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,62}");

  private ServerName() {}

  static void check(String name) {
    if (!FORM.matcher(name).matches()) {
      throw new CommandFailure(
          "NAME: " + name + " is no name of a server; kuber server list shows them");
    }
  }
}
