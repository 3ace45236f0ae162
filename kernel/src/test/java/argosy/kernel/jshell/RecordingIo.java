package argosy.kernel.jshell;

import argosy.kernel.interpreter.CellIo;
import argosy.kernel.interpreter.NoInputException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/// A cell whose output is kept and whose input is given beforehand.
final class RecordingIo implements CellIo {

  private final int number;
  private final StringBuilder out = new StringBuilder();
  private final StringBuilder err = new StringBuilder();
  private final List<Map<String, Object>> displayed = new ArrayList<>();
  private final Queue<String> input = new ArrayDeque<>();

  RecordingIo(int number) {
    this.number = number;
  }

  synchronized String out() {
    return out.toString();
  }

  synchronized String err() {
    return err.toString();
  }

  synchronized List<Map<String, Object>> displayed() {
    return List.copyOf(displayed);
  }

  synchronized void type(String line) {
    input.add(line);
  }

  @Override
  public int number() {
    return number;
  }

  @Override
  public synchronized void stdout(String text) {
    out.append(text);
  }

  @Override
  public synchronized void stderr(String text) {
    err.append(text);
  }

  @Override
  public synchronized String display(Map<String, Object> bundle) {
    displayed.add(bundle);
    return "display-" + number + "-" + displayed.size();
  }

  @Override
  public synchronized void update(String displayId, Map<String, Object> bundle) {
    int index = Integer.parseInt(displayId.substring(displayId.lastIndexOf('-') + 1), 10);
    displayed.set(index - 1, bundle);
  }

  @Override
  public synchronized String readLine(String prompt) {
    out.append(prompt);
    String line = input.poll();
    if (line == null) {
      throw new NoInputException("nobody types anything");
    }
    return line;
  }

  @Override
  public String readPassword(String prompt) {
    return readLine(prompt);
  }

  @Override
  public synchronized void clearOutput(boolean wait) {
    displayed.clear();
    out.setLength(0);
  }
}
