import gradio as gr
import torch
from transformers import pipeline

device = 0 if torch.cuda.is_available() else -1
pipe = pipeline("text-generation", model="acme/net", device=device)


def predict(prompt, length):
    return pipe(prompt, max_new_tokens=int(length))[0]["generated_text"]


demo = gr.Interface(predict, [gr.Textbox(lines=4), gr.Slider(16, 512)], "text")

if __name__ == "__main__":
    demo.launch()
