package io.kuber.cli.output;

import java.util.ArrayList;
import java.util.List;

/** Rows under a heading, each column as wide as its widest text, three blanks apart. */
public final class Columns {
  private static final int GAP = 3;

  private final List<List<String>> rows = new ArrayList<>();
  private int least;

  /** Columns of those names. */
  public Columns(String... names) {
    rows.add(List.of(names));
  }

  /** Makes every column with its blanks at least so wide; returns this. */
  public Columns least(int width) {
    least = width;
    return this;
  }

  /** Adds a row, which has a text for each column. */
  public void row(String... texts) {
    if (texts.length != rows.get(0).size()) {
      throw new IllegalArgumentException("a row of " + texts.length + " for " + rows.get(0));
    }
    rows.add(List.of(texts));
  }

  /** The lines to print. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        int width = Math.max(least, width(i) + GAP);
        line.append(row.get(i)).append(" ".repeat(width - row.get(i).length()));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
