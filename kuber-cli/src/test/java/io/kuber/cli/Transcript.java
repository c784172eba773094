package io.kuber.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a document tells its reader to do, in its order: the lines of its {@code console} blocks,
 * and what its comments say that happens in between.
 */
final class Transcript {
  private static final Pattern TYPED = Pattern.compile("([a-z])\\$ (.+)");
  private static final Pattern HAPPENS = Pattern.compile("<!-- test: ([a-z]) is lost -->");
  private static final String BLOCK = "```console";
  private static final String END = "```";

  private Transcript() {}

  /** Something that is done, or happens, at a machine. */
  sealed interface Step {
    String machine();

    /**
     * A command is typed.
     *
     * @param shown lines that are to be seen then
     */
    record Typed(String machine, String command, List<String> shown) implements Step {}

    /** The machine is lost, and its disk with it. */
    record Lost(String machine) implements Step {}
  }

  static List<Step> of(String document) {
    List<Step> steps = new ArrayList<>();
    boolean inBlock = false;
    for (String line : document.split("\n")) {
      Matcher happens = HAPPENS.matcher(line);
      if (line.equals(BLOCK)) {
        inBlock = true;
      } else if (line.equals(END)) {
        inBlock = false;
      } else if (inBlock) {
        read(line, steps);
      } else if (happens.matches()) {
        steps.add(new Step.Lost(happens.group(1)));
      }
    }
    return steps;
  }

  private static void read(String line, List<Step> steps) {
    Matcher typed = TYPED.matcher(line);
    if (typed.matches()) {
      steps.add(new Step.Typed(typed.group(1), typed.group(2), new ArrayList<>()));
    } else if (!steps.isEmpty() && steps.get(steps.size() - 1) instanceof Step.Typed last) {
      last.shown().add(line);
    } else {
      throw new IllegalArgumentException("nobody typed anything before: " + line);
    }
  }

  /**
   * What a line looks like on another day: words with digits may be others, and so may the distance
   * between words, and who leads; the line may go on.
   */
  static Pattern pattern(String line) {
    return Pattern.compile(
        Pattern.compile("\\s+")
                .splitAsStream(line.strip())
                .map(Transcript::word)
                .collect(Collectors.joining("\\s+"))
            + ".*");
  }

  private static String word(String word) {
    if (word.equals("TOKEN")) {
      return "(?<token>\\S+)";
    }
    if (word.equals("leader") || word.equals("follower")) {
      return "(leader|follower)";
    }
    boolean varies = word.matches("\\d+[,.;]?|\\d{4}-\\d{2}-\\d{2}T\\S+");
    return varies ? "\\S+" : Pattern.quote(word);
  }
}
