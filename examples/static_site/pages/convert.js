// The API has the page's own address: no second domain, and nothing for a browser to ask leave for.
document.querySelector("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const asked = new URLSearchParams(new FormData(event.target));
  const answer = await (await fetch(`/api/convert?${asked}`)).json();
  event.target.querySelector("output").textContent = answer.error || answer.amount;
});
