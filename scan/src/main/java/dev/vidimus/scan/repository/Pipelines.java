package dev.vidimus.scan.repository;

import java.util.List;
import java.util.Set;

/// The libraries that the parts of a diffusers pipeline come from: `"vae": ["diffusers",
/// "AutoencoderKL"]`. Any other name is a module of the repository, which the loader imports.
final class Pipelines {
  private static final Set<String> LIBRARIES =
      Set.of("diffusers", "transformers", "onnxruntime", "optimum", "null", "k_diffusion", "peft");

  /// Packages below `diffusers.pipelines`, which stand for themselves.
  private static final List<String> FAMILIES =
      List.of(
          "stable_diffusion",
          "stable_cascade",
          "stable_audio",
          "stable_video_diffusion",
          "deepfloyd_if",
          "kandinsky",
          "wuerstchen",
          "paint_by_example",
          "latent_diffusion",
          "latent_consistency",
          "unidiffuser",
          "versatile_diffusion",
          "alt_diffusion",
          "audioldm",
          "shap_e",
          "unclip",
          "pixart",
          "flux",
          "hunyuan",
          "cogvideo",
          "semantic_stable_diffusion",
          "animatediff",
          "blip_diffusion",
          "t2i_adapter",
          "controlnet",
          "consistency_models",
          "ltx",
          "lumina",
          "sana",
          "mochi",
          "wan",
          "aura_flow",
          "kolors",
          "allegro",
          "easyanimate",
          "text_to_video",
          "ddpm",
          "ddim",
          "spectrogram_diffusion",
          "musicldm",
          "i2vgen",
          "marigold",
          "cogview",
          "omnigen",
          "amused",
          "dit",
          "qwenimage",
          "chroma",
          "hidream",
          "visualcloze");

  private Pipelines() {}

  /// True of the first of two elements that is no library.
  static boolean isCustom(List<String> path, String text) {
    if (path.size() != 2 || !path.getLast().equals("0") || path.getFirst().startsWith("_ignore")) {
      return false;
    }
    if (path.getFirst().startsWith("_") && !path.getFirst().equals("_class_name")) {
      return false;
    }
    return !LIBRARIES.contains(text) && FAMILIES.stream().noneMatch(text::startsWith);
  }
}
