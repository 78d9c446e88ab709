package dev.vidimus.server.hub;

import dev.vidimus.registry.intake.Refusal;
import java.util.List;

/// What the hub proxy is told.
///
/// @param upstream how the source of a repository begins that nobody brought in yet, such as
///     `hf://`; empty if nothing is fetched because somebody asks for it
/// @param intake names that are fetched then, each a name or a prefix before `*`
/// @param submitter id of the person or service in whose name that is; empty for whoever asks,
///     who then has to be a submitter
/// @param largestUpload bytes of one file that may be published
/// @param part bytes of one part of a large upload
public record HubSettings(
    String upstream, List<String> intake, String submitter, long largestUpload, long part) {
  /// A registry that only serves what people bring in.
  public static final HubSettings CLOSED =
      new HubSettings("", List.of(), "", 50_000_000_000L, 64L << 20);

  private static final long LEAST_PART = 1 << 10;

  public HubSettings {
    intake = List.copyOf(intake);
    if (part < LEAST_PART) {
      throw new IllegalArgumentException("parts of " + part + " bytes");
    }
  }

  /// The same with an upstream.
  public HubSettings fetching(String upstream, List<String> intake, String submitter)
      throws Refusal {
    if (!upstream.startsWith("hf://") && !upstream.startsWith("hub://")) {
      throw new Refusal(upstream + ": is no upstream", "hf:// or hub://HOST/");
    }
    return new HubSettings(upstream, intake, submitter, largestUpload, part);
  }

  /// Whether a repository is fetched because somebody asks for it.
  boolean mayFetch(String name) {
    return !upstream.isEmpty()
        && intake.stream()
            .anyMatch(
                pattern ->
                    pattern.endsWith("*")
                        ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                        : name.equals(pattern));
  }
}
