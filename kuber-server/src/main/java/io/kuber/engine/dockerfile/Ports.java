package io.kuber.engine.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ports as {@code EXPOSE} has them: {@code 80}, {@code 80/udp}, {@code 8000-8010}. Pure. */
final class Ports {
  private static final int LARGEST = 65_535;
  private static final Pattern FORM =
      Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?(?:/([a-zA-Z]+))?");

  private Ports() {}

  static List<String> expand(Instruction step, String text) throws DockerfileException {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw step.fault("Invalid containerPort: " + text);
    }
    int first = Integer.parseInt(matcher.group(1));
    int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
    String protocol = matcher.group(3) == null ? "tcp" : matcher.group(3).toLowerCase(Locale.ROOT);
    if (!List.of("tcp", "udp", "sctp").contains(protocol)) {
      throw step.fault("Invalid proto: " + protocol);
    }
    if (first > last || last > LARGEST) {
      throw step.fault("Invalid containerPort: " + text);
    }
    List<String> ports = new ArrayList<>();
    for (int port = first; port <= last; port++) {
      ports.add(port + "/" + protocol);
    }
    return ports;
  }
}
